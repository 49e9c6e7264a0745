/** Bearer tokens of an OpenID Connect provider: its keys, the check of a token, and its memory. */
@NullMarked
package io.refdata.api.access.token;

import org.jspecify.annotations.NullMarked;
