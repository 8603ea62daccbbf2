/** What comes out: a table, a CSV file, a page. */
@NullMarked
package io.aicore.examples.lab.report;

import org.jspecify.annotations.NullMarked;
