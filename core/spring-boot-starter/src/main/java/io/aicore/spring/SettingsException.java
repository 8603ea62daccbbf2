package io.aicore.spring;

/** A property below {@code aicore} that cannot be used; its message names the property. */
final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }
}
