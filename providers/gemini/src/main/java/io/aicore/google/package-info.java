/** Access tokens of Google Cloud, for Vertex AI. Beside the protocol, which does no I/O. */
@NullMarked
package io.aicore.google;

import org.jspecify.annotations.NullMarked;
