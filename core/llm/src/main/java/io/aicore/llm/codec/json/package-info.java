/**
 * For authors of providers: reads and writes JSON within limits. The only package that uses Jackson, beside the reader of YAML;
 * {@link io.aicore.llm.codec.json.JsonFields} shows none of it.
 */
@NullMarked
package io.aicore.llm.codec.json;

import org.jspecify.annotations.NullMarked;
