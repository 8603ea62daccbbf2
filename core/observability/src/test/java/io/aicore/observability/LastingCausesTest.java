package io.aicore.observability;

import static io.aicore.observability.SharedPostgres.sql;
import static io.aicore.observability.SharedPostgres.url;
import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.await;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** A database that takes no records until somebody has mended something: it is said what, and nothing is lost meanwhile. */
@ExtendWith(SharedPostgres.class)
class LastingCausesTest {

    private static void withTables(String database) {
        sql("postgres", "CREATE DATABASE " + database);
        try (LlmOperationCollector owner = LlmOperationCollector.at(url("postgres", database))) {
            done(owner.check());
        }
    }

    @Test
    void noSuchDatabase() {
        waits(url("postgres", "absent"), "does not exist", () -> sql("postgres", "CREATE DATABASE absent"));
    }

    @Test
    void noSuchUser() {
        sql("postgres", "CREATE DATABASE ours");
        waits(url("nobody", "ours"), "refuses the user or the password", () -> {
            sql("postgres", "CREATE USER nobody");
            sql("ours", "GRANT ALL ON SCHEMA public TO nobody");
        });
    }

    @Test
    void aUserWhoMayNotWrite() {
        withTables("theirs");
        sql("theirs", "CREATE USER reader", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
        waits(
                url("reader", "theirs"),
                "does not let this user write the tables of records",
                () -> sql(
                        "theirs",
                        "GRANT ALL ON ALL TABLES IN SCHEMA public TO reader",
                        "GRANT ALL ON SCHEMA public TO reader"));
    }

    @Test
    void aDatabaseThatIsReadOnly() {
        sql("postgres", "CREATE DATABASE standby", "ALTER DATABASE standby SET default_transaction_read_only = on");
        waits(
                url("postgres", "standby"),
                "is read-only",
                () -> sql(
                        "postgres",
                        "ALTER DATABASE standby SET default_transaction_read_only = off",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'standby'"));
    }

    @Test
    void aNewerSchema() {
        withTables("newer");
        sql("newer", "INSERT INTO aicore_schema (version) VALUES (99)");
        waits(
                url("postgres", "newer"),
                "has schema version 99",
                () -> sql("newer", "DELETE FROM aicore_schema WHERE version = 99"));
    }

    static void waits(String url, String cause, Runnable mend) {
        try (LlmOperationCollector collector = LlmOperationCollector.builder()
                .url(url)
                .flushTimeout(Duration.ofMillis(250))
                .build()) {
            Provider provider = Provider.observed(collector);
            for (int i = 0; i < 3; i++) {
                provider.answers("hi").complete("hello").block(PATIENCE);
            }
            assertThatThrownBy(() -> collector.check().block(PATIENCE)).hasMessageContaining(cause);
            await(collector
                    .flush()
                    .thenReturn(false)
                    .onErrorResume(error ->
                            Mono.just(String.valueOf(error.getMessage()).contains(cause))));
            assertThat(collector.written()).isZero();
            assertThat(collector.buffered()).isEqualTo(3);

            mend.run();
            await(collector.flush().thenReturn(true).onErrorReturn(false));
            assertThat(collector.written()).isEqualTo(3);
            assertThat(collector.dropped()).isZero();
        }
    }
}
