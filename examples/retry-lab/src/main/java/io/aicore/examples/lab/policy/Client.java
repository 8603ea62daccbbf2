package io.aicore.examples.lab.policy;

import io.aicore.examples.lab.call.Call;

/** The client of one process: what its calls share. */
public interface Client {

    /** Makes the attempts of this call and ends it once, not after its deadline. */
    void call(Call call);
}
