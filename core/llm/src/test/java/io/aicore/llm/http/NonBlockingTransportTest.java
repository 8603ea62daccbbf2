package io.aicore.llm.http;

import static io.aicore.llm.http.Situations.PATIENCE;
import static io.aicore.llm.http.Situations.chat;
import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.testserver.FaultServer;
import io.aicore.testserver.Scripts;
import java.net.URI;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class NonBlockingTransportTest {

    @Test
    void aCallMayBeMadeFromAThreadThatMustNotBlockNameLookupIncluded() {
        try (FaultServer server = FaultServer.start()) {
            server.always(Scripts.json(200, "{}"));
            URI byName = URI.create(server.url().toString().replace("127.0.0.1", "localhost"));
            HttpTransport transport = Situations.transport(byName);
            Mono<Integer> call = transport.send(chat(), Timeouts.defaults()).map(answer -> answer.status());
            assertThat(call.subscribeOn(Schedulers.parallel()).block(PATIENCE)).isEqualTo(200);
            transport.dispose();
        }
    }
}
