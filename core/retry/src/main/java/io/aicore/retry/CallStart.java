package io.aicore.retry;

import io.aicore.limit.AdmissionCall;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** How a call began: with which plan, when, and inside of what. It also decides which signal ends the call. */
interface CallStart extends Terminal {

    Plan plan();

    /** The Context of the subscriber. */
    ContextView caller();

    /** When the first attempt began, on the scheduler's clock. */
    long instant();

    /** See {@link CallIds}. */
    long number();

    /** The first attempt; that of the outer call, if the call is {@link #nested()}. */
    Attempt attempt();

    /** Whether the call runs inside an attempt of another one, which retries in its place. */
    boolean nested();

    /** What its attempts share in admission. */
    AdmissionCall admission();

    /** The Context of a later attempt, with what it would not find in that of the first one. */
    Context inContext(Context attempt);
}
