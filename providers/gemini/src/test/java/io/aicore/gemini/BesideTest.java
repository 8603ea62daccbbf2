package io.aicore.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.aicore.llm.chat.Completion;
import io.aicore.llm.chat.FinishReason;
import io.aicore.llm.codec.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer has beside its words and calls. */
class BesideTest extends Fixtures {

    private static final String PICTURE = "{'inlineData':{'mimeType':'image/png','data':'AQI='}}";

    @Test
    void aPictureIsAnAnswer() {
        String whole =
                json("{'candidates':[{'content':{'parts':[" + PICTURE + "]},'finishReason':'STOP'}],'responseId':'r'}");

        for (Completion answer : List.of(decode(whole), stream(whole))) {
            assertThat(answer.text()).isEmpty();
            assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(answer.extra())
                    .isEqualTo(Map.of("parts", List.of(Json.read(json(PICTURE)).plain())));
        }
    }

    @Test
    void groundingProbabilitiesAndFurtherCandidatesAreThere() {
        Completion answer = stream(
                json(
                        "{'candidates':[{'index':0,'content':{'parts':[{'text':'a'}]},'logprobsResult':{'chosenCandidates':[1]}},"
                                + "{'index':1,'content':{'role':'model','parts':[{'text':'x'}]}}]}"),
                json(
                        "{'candidates':[{'index':0,'content':{'parts':[{'text':'b'}]},'logprobsResult':{'chosenCandidates':[2]},"
                                + "'groundingMetadata':{'webSearchQueries':['q']},'finishReason':'STOP'},"
                                + "{'index':1,'content':{'role':'model','parts':[{'text':'y'}]},'finishReason':'STOP'}],"
                                + "'usageMetadata':{'promptTokenCount':1,'trafficType':'ON_DEMAND'}}"));

        assertThat(answer.text()).isEqualTo("ab");
        assertJson(
                Json.read(Json.write(answer.extra())),
                json("{'groundingMetadata':{'webSearchQueries':['q']},'trafficType':'ON_DEMAND',"
                        + "'logprobsResult':{'chosenCandidates':[1,2]},'candidates':[{'index':1,"
                        + "'content':{'role':'model','parts':[{'text':'x'},{'text':'y'}]},'finishReason':'STOP'}]}"));
    }
}
