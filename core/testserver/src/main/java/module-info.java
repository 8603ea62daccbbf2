/** A server that fails in every way a server can fail, for tests of clients. */
module io.aicore.testserver {
    requires static transitive org.jspecify;

    exports io.aicore.testserver;
}
