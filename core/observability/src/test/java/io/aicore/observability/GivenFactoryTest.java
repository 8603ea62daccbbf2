package io.aicore.observability;

import static io.aicore.observability.StoreSuite.PATIENCE;
import static io.aicore.observability.StoreSuite.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Records in the database of a program that has its own pool. */
class GivenFactoryTest {

    private final ConnectionPool pool = (ConnectionPool)
            ConnectionFactories.get("r2dbc:pool:h2:mem:///given?initialSize=0&maxSize=5&options=DB_CLOSE_DELAY=-1");

    @AfterEach
    void close() {
        done(pool.disposeLater());
    }

    @Test
    void recordsGoThereAndAllConnectionsComeBackAtTheClose() {
        LlmOperationCollector collector =
                LlmOperationCollector.builder().connectionFactory(pool).build();
        Provider provider = Provider.observed(collector).answers("one").answers("two");
        StepVerifier.create(provider.complete("a")).expectNextCount(1).verifyComplete();
        StepVerifier.create(provider.complete("b")).expectNextCount(1).verifyComplete();
        done(collector.flush());
        assertThat(collector.count(OperationFilter.ALL).block(PATIENCE)).isEqualTo(2);

        done(collector.closeLater());

        assertThat(pool.getMetrics().orElseThrow().acquiredSize()).isZero();
        assertThat(count("SELECT count(*) FROM aicore_operation")).isEqualTo(2);
    }

    @Test
    void aDatabaseThatIsNoneOfOursIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LlmOperationCollector.builder()
                        .connectionFactory(of("MySQL"))
                        .build())
                .withMessage("connectionFactory: a database of MySQL (expected: H2 or PostgreSQL)");
    }

    @Test
    void aDatabaseThatIsAwayIsNamedByItsProduct() {
        try (LlmOperationCollector collector = LlmOperationCollector.builder()
                .connectionFactory(of("PostgreSQL"))
                .build()) {
            assertThatThrownBy(() -> collector.check().block(PATIENCE))
                    .hasMessageContaining(
                            "connectionFactory: the database of the given PostgreSQL connection factory cannot be reached");
        }
    }

    private long count(String sql) {
        return Flux.usingWhen(
                        pool.create(),
                        connection -> Flux.from(connection.createStatement(sql).execute())
                                .flatMap(result -> result.map((row, metadata) -> row.get(0, Long.class))),
                        connection -> connection.close())
                .single()
                .block(PATIENCE);
    }

    private static ConnectionFactory of(String product) {
        ConnectionFactory refusing = ConnectionFactories.get(WatchedDriver.URL);
        return new ConnectionFactory() {
            @Override
            public Publisher<? extends Connection> create() {
                return Mono.from(refusing.create());
            }

            @Override
            public ConnectionFactoryMetadata getMetadata() {
                return () -> product;
            }
        };
    }
}
