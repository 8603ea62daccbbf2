package io.aicore.observability.dashboard;

/** A parameter of a request that says nothing we know. */
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
