/** What the packages of this module share; not exported. */
@NullMarked
package io.aicore.llm.internal;

import org.jspecify.annotations.NullMarked;
