@NullMarked
package io.refdata.batch.file;

import org.jspecify.annotations.NullMarked;
