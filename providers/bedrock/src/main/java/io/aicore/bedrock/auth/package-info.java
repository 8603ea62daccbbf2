/** AWS credentials and signatures: {@link io.aicore.bedrock.auth.AwsAuthorizer} signs each attempt. */
@NullMarked
package io.aicore.bedrock.auth;

import org.jspecify.annotations.NullMarked;
