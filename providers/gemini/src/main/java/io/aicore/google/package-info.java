/** Access tokens of Google Cloud, for Vertex AI. Separate from the protocol, which does no I/O. */
@NullMarked
package io.aicore.google;

import org.jspecify.annotations.NullMarked;
