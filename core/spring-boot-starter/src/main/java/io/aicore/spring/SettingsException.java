package io.aicore.spring;

/** An invalid property below {@code aicore}; the message has the property, its value and what is expected. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with this message. */
    public SettingsException(String message) {
        super(message);
    }
}
