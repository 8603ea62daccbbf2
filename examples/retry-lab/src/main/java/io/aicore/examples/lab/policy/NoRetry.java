package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Call;

/** One attempt. */
final class NoRetry implements Client {

    @Override
    public void call(Call call) {
        call.send(answer -> {
            if (answer.isOk()) {
                call.succeed();
            } else {
                call.fail();
            }
        });
    }
}
