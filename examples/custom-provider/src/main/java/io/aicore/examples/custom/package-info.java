/**
 * A provider of one's own: {@link io.aicore.examples.custom.HouseProvider} makes one attempt and changes the retry it
 * inherits; {@link io.aicore.examples.custom.HouseProviderFactory} lets programs find it by name.
 */
@NullMarked
package io.aicore.examples.custom;

import org.jspecify.annotations.NullMarked;
