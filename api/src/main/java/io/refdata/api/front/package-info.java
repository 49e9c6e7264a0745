/** What is looked at of a request before anything else sees it: its form, not what it asks for. */
@NullMarked
package io.refdata.api.front;

import org.jspecify.annotations.NullMarked;
