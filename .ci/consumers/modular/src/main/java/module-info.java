/** A program of modules: what it uses of ours is exported, and its records are open to the reading of answers. */
module com.example.modular {
    requires io.aicore.observability;
    requires io.aicore.openai;
    requires jdk.httpserver;

    opens com.example.modular.answers to
            io.aicore.llm;
}
