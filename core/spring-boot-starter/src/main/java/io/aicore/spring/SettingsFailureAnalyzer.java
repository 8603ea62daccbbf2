package io.aicore.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an invalid property at application start, instead of a stack trace. */
final class SettingsFailureAnalyzer extends AbstractFailureAnalyzer<SettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SettingsException cause) {
        return new FailureAnalysis(
                "Invalid AiCore setting:\n\n    " + cause.getMessage(),
                "Change the property in application.yml, or in the source that provides it. All settings are listed in the README"
                        + " of AiCore, under 'aicore'.",
                cause);
    }
}
