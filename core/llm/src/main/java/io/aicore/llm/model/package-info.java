/** Limits and prices of models. Start with {@link io.aicore.llm.model.ModelCatalog}. */
@NullMarked
package io.aicore.llm.model;

import org.jspecify.annotations.NullMarked;
