package io.aicore.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an invalid property at application start, instead of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        return new FailureAnalysis(
                "A setting of AiCore cannot be used:\n\n    " + cause.getMessage(),
                "Change the property in application.yml, or wherever the application takes it from. The settings are those"
                        + " of AiCore's README, below 'aicore'.",
                cause);
    }
}
