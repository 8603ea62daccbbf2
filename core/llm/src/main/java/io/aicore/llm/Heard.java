package io.aicore.llm;

import io.aicore.llm.chat.ResponseInfo;
import io.aicore.llm.observe.ResponseHead;

/** The head of a response, without the caller's secrets. */
record Heard(int status, ResponseInfo info) {

    ResponseHead head() {
        return new ResponseHead(status, info.requestId());
    }
}
