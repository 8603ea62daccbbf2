package io.aicore.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless the properties describe named providers only. */
final class OnDefaultProvider extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        AiCoreProperties properties = AiCoreProperties.of(context.getEnvironment());
        boolean matches = properties.named().isEmpty() || !properties.provider().isEmpty();
        String reason = "found settings " + properties.provider().keySet() + " below aicore and named providers "
                + properties.named().keySet();
        return new ConditionOutcome(
                matches,
                ConditionMessage.forCondition("AiCore's default provider").because(reason));
    }
}
