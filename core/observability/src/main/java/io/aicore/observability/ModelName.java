package io.aicore.observability;

/** A model and the provider that serves it, by the names of their calls. */
public record ModelName(String provider, String model) {}
