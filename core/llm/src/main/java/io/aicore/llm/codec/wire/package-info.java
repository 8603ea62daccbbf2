/** For authors of providers: requests, responses, headers and stream formats on the wire, independent of any provider's protocol. */
@NullMarked
package io.aicore.llm.codec.wire;

import org.jspecify.annotations.NullMarked;
