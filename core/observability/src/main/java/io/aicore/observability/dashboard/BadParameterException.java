package io.aicore.observability.dashboard;

/** An invalid parameter of a request. */
final class BadParameterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String parameter;

    BadParameterException(String parameter, String problem) {
        super(parameter + ": " + problem, null, false, false);
        this.parameter = parameter;
    }

    String parameter() {
        return parameter;
    }
}
