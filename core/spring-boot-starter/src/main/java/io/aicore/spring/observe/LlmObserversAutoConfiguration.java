package io.aicore.spring.observe;

import io.aicore.observability.LlmOperationCollector;
import io.aicore.observability.LlmOperationCollectorBuilder;
import io.aicore.observability.log.LlmCallLog;
import io.aicore.spring.LlmProviderAutoConfiguration;
import io.aicore.spring.SettingsException;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * With {@code aicore-observability}: logs retries and failures, and records calls to the database of
 * {@code aicore.records.url} or to the application's own.
 */
@AutoConfiguration(
        before = LlmProviderAutoConfiguration.class,
        afterName = "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration")
@ConditionalOnClass(LlmOperationCollector.class)
@ConditionalOnBooleanProperty(name = "aicore.enabled", matchIfMissing = true)
public final class LlmObserversAutoConfiguration {

    private static final String URL = "aicore.records.url";
    private static final String OWN = "aicore.records.use-application-database";

    @Bean
    @ConditionalOnMissingBean
    LlmCallLog llmCallLog() {
        return LlmCallLog.create();
    }

    /** Closed after the providers, whose last calls it records. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @ConditionalOnProperty(URL)
    LlmOperationCollector llmOperationCollector(
            @Value("${" + URL + "}") String url, @Value("${" + OWN + ":false}") boolean applicationDatabase) {
        if (applicationDatabase) {
            throw new SettingsException(URL + ": set together with " + OWN + " (expected: either of them)");
        }
        return collector("aicore.records.", builder -> builder.url(url));
    }

    /** Records to the application's only {@code ConnectionFactory}. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(OWN)
    LlmOperationCollector llmOperationCollectorOfApplicationDatabase(ObjectProvider<ConnectionFactory> databases) {
        @Nullable ConnectionFactory database = databases.getIfUnique();
        if (database == null) {
            throw new SettingsException(OWN + ": no unique bean of type ConnectionFactory (expected: Boot's R2DBC"
                    + " and spring.r2dbc.url, or a primary bean)");
        }
        return collector(OWN + ": ", builder -> builder.connectionFactory(database));
    }

    private static LlmOperationCollector collector(
            String property, UnaryOperator<LlmOperationCollectorBuilder> database) {
        try {
            // The application's own hook closes it after the last call; one of ours would at the same time as that
            // begins.
            return database.apply(LlmOperationCollector.builder())
                    .flushAtExit(false)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(property + e.getMessage());
        }
    }
}
