/**
 * Credentials that are added to each request: a {@link io.aicore.llm.auth.RequestAuthorizer} adds a token or a signature, and
 * {@link io.aicore.llm.auth.RequestAuthorizer#bearer} keeps a token until it expires.
 */
@NullMarked
package io.aicore.llm.auth;

import org.jspecify.annotations.NullMarked;
