package io.jenkins.plugins.argopreflight.step.login;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The record of a block's login, from before its creation until it is revoked. It contains names and never a token. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StoredLogin {

    /** The id of the block, which stays the same after a restart. */
    public String id = "";

    /** The build's name in Jenkins: {@code folder/job#7}. */
    public String build = "";

    /** The name of the configured cluster. */
    public String cluster = "";

    /** The namespace of the ServiceAccount and of the Secret to which its tokens are bound. */
    public String namespace = "";

    public String account = "";

    /** True after the block has ended. Its build can still be running. */
    public boolean ended;

    /** The time when the record was stored, in seconds since 1970. */
    public long created;
}
