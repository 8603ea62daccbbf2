/**
 * What is known of models before they are asked: their limits and their prices. Begin with
 * {@link io.aicore.llm.model.ModelCatalog}.
 */
@NullMarked
package io.aicore.llm.model;

import org.jspecify.annotations.NullMarked;
