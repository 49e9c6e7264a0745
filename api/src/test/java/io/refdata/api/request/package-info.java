@NullMarked
package io.refdata.api.request;

import org.jspecify.annotations.NullMarked;
