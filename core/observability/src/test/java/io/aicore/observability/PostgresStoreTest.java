package io.aicore.observability;

import static io.aicore.observability.SharedPostgres.sql;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedPostgres.class)
class PostgresStoreTest {

    private static final AtomicInteger MADE = new AtomicInteger();

    private String newDatabase() {
        String name = "db" + MADE.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return SharedPostgres.url("postgres", name);
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
    class OddData extends OddDataSuite {
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
