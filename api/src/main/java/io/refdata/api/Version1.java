package io.refdata.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The first version of the HTTP interface. It is only ever extended: nothing is removed. */
@ApplicationPath("/api/v1")
public class Version1 extends Application {}
