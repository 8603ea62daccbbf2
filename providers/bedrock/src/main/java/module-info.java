/** Amazon Bedrock's Converse and ConverseStream. */
module io.aicore.bedrock {
    requires transitive io.aicore.llm;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.auth.aws;
    requires software.amazon.awssdk.http.auth.spi;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.eventstream;

    exports io.aicore.bedrock;
    exports io.aicore.bedrock.auth;

    provides io.aicore.llm.LlmProviderFactory with
            io.aicore.bedrock.BedrockProviderFactory;
}
