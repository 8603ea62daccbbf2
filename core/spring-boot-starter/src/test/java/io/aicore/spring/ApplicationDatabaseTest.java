package io.aicore.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aicore.llm.LlmProvider;
import io.aicore.spring.observe.LlmObserversAutoConfiguration;
import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import io.r2dbc.spi.ConnectionFactory;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.r2dbc.core.DatabaseClient;

/** Records through the ConnectionFactory that Boot makes of spring.r2dbc. */
class ApplicationDatabaseTest {

    private static final String OWN = "aicore.records.use-application-database";
    private static final String ANSWER = "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"fine\"}}]}";

    private final FaultServer provider = FaultServer.start().always(Scripts.json(200, ANSWER));
    private final String database = "r2dbc:h2:mem:///" + UUID.randomUUID() + "?options=DB_CLOSE_DELAY=-1";
    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(LlmProviderAutoConfiguration.class, LlmObserversAutoConfiguration.class))
            .withPropertyValues(
                    "aicore.provider=openai",
                    "aicore.api_key=k",
                    "aicore.model=m",
                    "aicore.base_url=" + provider.url("/v1"));
    private final ApplicationContextRunner withDatabase = context.withConfiguration(
                    AutoConfigurations.of(R2dbcAutoConfiguration.class))
            .withPropertyValues("spring.r2dbc.url=" + database);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void recordsInTheDatabaseOfTheApplicationWhereThatIsWanted() {
        withDatabase
                .withPropertyValues("aicore.records.use_application_database=true")
                .run(this::call);

        withDatabase.run(again -> assertThat(DatabaseClient.create(again.getBean(ConnectionFactory.class))
                        .sql("SELECT count(*) FROM aicore_operation")
                        .mapValue(Long.class)
                        .one()
                        .block(Application.PATIENCE))
                .isEqualTo(1));
    }

    @Test
    void leavesThatDatabaseAloneOtherwise() {
        withDatabase.run(started -> {
            call(started);
            assertThat(DatabaseClient.create(started.getBean(ConnectionFactory.class))
                            .sql(
                                    "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) LIKE 'aicore%'")
                            .mapValue(Long.class)
                            .one()
                            .block(Application.PATIENCE))
                    .isZero();
        });
    }

    @Test
    void withoutADatabaseTheStartSaysSo() {
        context.withPropertyValues(OWN + "=true")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SettingsException.class)
                        .hasMessageStartingWith(OWN + ": no unique bean of type ConnectionFactory (expected: "));
    }

    @Test
    void bothPlacesAreOneTooMany() {
        withDatabase
                .withPropertyValues(OWN + "=true", "aicore.records.url=" + database)
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .hasMessage("aicore.records.url: set together with " + OWN + " (expected: either of them)"));
    }

    @Test
    void anAddressThatIsNoneIsNamedByItsProperty() {
        context.withPropertyValues("aicore.records.url=r2dbc:mysql://localhost/calls")
                .run(started -> assertThat(started)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SettingsException.class)
                        .hasMessageStartingWith("aicore.records.url: no R2DBC driver supports r2dbc:mysql"));
    }

    @Test
    void recordsWithoutWhatKeepsThemAreNamed() {
        assertThatThrownBy(() -> context.withClassLoader(new FilteredClassLoader("io.aicore.observability"))
                        .withPropertyValues("aicore.records.url=calls")
                        .run(started -> {
                            throw started.getStartupFailure();
                        }))
                .hasRootCauseMessage("aicore.records.url: aicore-observability is missing among the dependencies");
    }

    private void call(AssertableApplicationContext started) {
        assertThat(started).hasNotFailed();
        started.getBean(LlmProvider.class).complete("why").block(Application.PATIENCE);
    }
}
