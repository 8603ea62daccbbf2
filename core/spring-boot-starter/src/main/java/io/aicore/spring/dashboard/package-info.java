/** The dashboard of the records, below a path of the application. */
@NullMarked
package io.aicore.spring.dashboard;

import org.jspecify.annotations.NullMarked;
