package io.aicore.observability;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class PostgresStoreTest {

    private static final AtomicInteger MADE = new AtomicInteger();
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private String newDatabase() {
        String name = "db" + MADE.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "r2dbc:postgresql://postgres@localhost:" + server.getPort() + "/" + name;
    }

    @Nested
    class Writing extends WritingSuite {
        @Override
        String emptyDatabase() {
            return PostgresStoreTest.this.newDatabase();
        }
    }

    @Nested
    class Reading extends ReadingSuite {
        @Override
        String emptyDatabase() {
            return PostgresStoreTest.this.newDatabase();
        }
    }

    @Nested
    class Statistics extends StatisticsSuite {
        @Override
        String emptyDatabase() {
            return PostgresStoreTest.this.newDatabase();
        }
    }

    @Nested
    class Retention extends RetentionSuite {
        @Override
        String emptyDatabase() {
            return PostgresStoreTest.this.newDatabase();
        }
    }

    @Nested
    class Schema extends SchemaSuite {
        @Override
        String emptyDatabase() {
            return PostgresStoreTest.this.newDatabase();
        }
    }
}
