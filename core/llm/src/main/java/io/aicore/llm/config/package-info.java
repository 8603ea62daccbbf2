/**
 * Reads settings from code, a framework's properties, the environment and YAML files. {@link io.aicore.llm.config.ConfigSources}
 * collects them and {@link io.aicore.llm.config.ConfigValues} is what they come to; one table holds every setting.
 */
@NullMarked
package io.aicore.llm.config;

import org.jspecify.annotations.NullMarked;
