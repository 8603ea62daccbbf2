package io.aicore.spring;

/** A property below {@code aicore} that cannot be used: its message names the property, its value and what is expected. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With this message. */
    public SettingsException(String message) {
        super(message);
    }
}
