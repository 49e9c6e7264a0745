@NullMarked
package io.refdata.api.access.key;

import org.jspecify.annotations.NullMarked;
