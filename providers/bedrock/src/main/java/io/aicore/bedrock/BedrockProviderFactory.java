package io.aicore.bedrock;

import io.aicore.bedrock.auth.AwsAuthorizer;
import io.aicore.bedrock.auth.AwsCredentials;
import io.aicore.llm.LlmConfig;
import io.aicore.llm.LlmProvider;
import io.aicore.llm.LlmProviderFactory;
import io.aicore.llm.Protocol;
import io.aicore.llm.ProviderHost;
import io.aicore.llm.WireProvider;
import io.aicore.llm.codec.ChatCodec;
import io.aicore.llm.codec.ThinkBlocks;
import io.aicore.llm.codec.failure.ErrorClassifier;
import io.aicore.llm.config.KeyVariables;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates the provider {@code bedrock} for Amazon Bedrock's Converse API. The model is the id or ARN of a model or of
 * an inference profile.
 *
 * <p><b>Configuration.</b> The option {@code region} ({@code AWS_REGION}, {@code AWS_DEFAULT_REGION}) selects the
 * region; a base URL replaces its address. Credentials are the first of these that is set: an authorizer, such as
 * {@link AwsAuthorizer} for roles; the key, a Bedrock API key ({@code AWS_BEARER_TOKEN_BEDROCK}), sent as a bearer
 * token; the options {@code access_key_id}, {@code secret_access_key} and, for temporary credentials,
 * {@code session_token} ({@code AWS_ACCESS_KEY_ID} and so on), with which each attempt is signed. Profiles and metadata
 * services of AWS are not read. The option {@code think_blocks} (reasoning or text) sets how a {@code <think>} or
 * {@code <thinking>} block before an answer is treated, see {@link ThinkBlocks}; default: text for ids of Anthropic's
 * models, reasoning for others. AWS's signer logs what it signs, a session token included, at its own level DEBUG.
 *
 * <p><b>Requests.</b> All system messages are combined into one system prompt. A reasoning effort is rejected, because
 * each model family has its own field for it, in the extra field {@code additionalModelRequestFields}; so are
 * {@code ResponseFormat.json()}, an image by an address other than {@code s3://}, and a choice of no tool after calls.
 * {@code seed} and parallel tool calls are not supported and not sent. An answer whose blocks must be returned
 * unchanged (thoughts with their signature, quotes) has them in its extra field {@code bedrock_content}, and
 * {@code completion.message()} sends them back; in your own message that field contains blocks in the API's format.
 * Files are documents, video and audio of the formats that the API lists, by content or at {@code s3://}. In a
 * message's extra fields, {@code cachePoint} ends a cached prefix after it, and {@code status} {@code error} marks a
 * tool's result as a failure. Answers have no id, and name a model only behind a prompt router.
 */
public final class BedrockProviderFactory implements LlmProviderFactory {

    private static final String NAME = "bedrock";

    /** For {@link java.util.ServiceLoader}. */
    public BedrockProviderFactory() {}

    @Override
    public Set<String> names() {
        return Set.of(NAME);
    }

    @Override
    public KeyVariables keyVariables(String name) {
        return new KeyVariables(
                List.of("AWS_BEARER_TOKEN_BEDROCK"),
                List.of("BEDROCK_BASE_URL", "AWS_ENDPOINT_URL_BEDROCK_RUNTIME"),
                Options.variables());
    }

    @Override
    public LlmProvider create(LlmConfig config) {
        ProviderHost.refuseOptions(config, Options.NAMES);
        Options options = Options.of(config.options());
        String address = config.baseUrl() == null ? options.address().toString() : null;
        ProviderHost host = ProviderHost.bearer(NAME, address).keyOptional();
        Protocol protocol = Protocol.NONE.chat(codec(config, host.keyHeader(config)));
        boolean proven = config.authorizer() != null
                || config.apiKey() != null
                || ProviderHost.sets(config, Set.of("authorization"));
        AwsCredentials credentials = proven ? null : options.credentials();
        if (credentials != null) {
            protocol = protocol.authorizer(AwsAuthorizer.of(options.requiredRegion(), credentials));
        } else if (!proven && config.baseUrl() == null) {
            // Another address may be a gateway that signs itself.
            throw new IllegalArgumentException(
                    "LLM_API_KEY: none (expected: a Bedrock API key, here, in AWS_BEARER_TOKEN_BEDROCK, as api_key in a YAML"
                            + " file or by apiKey(…); or"
                            + " options.access_key_id and options.secret_access_key, here or in AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY; or an authorizer)");
        }
        return WireProvider.create(config, NAME, host.baseUrl(config), protocol);
    }

    static ChatCodec codec(LlmConfig config, Map<String, String> headers) {
        return ThinkBlocks.in(
                new BedrockCodec(NAME, headers),
                new ErrorClassifier(NAME),
                config.options(),
                request -> !isClaude(request.model()));
    }

    /** Anthropic's models think in blocks of the protocol: a tag in their text was requested by the prompt. */
    private static boolean isClaude(@Nullable String model) {
        return model != null && model.contains("anthropic.");
    }
}
