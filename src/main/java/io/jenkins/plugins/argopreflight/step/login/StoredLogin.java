package io.jenkins.plugins.argopreflight.step.login;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** A block's login as it is stored before it is made, until it is revoked: names, never a token. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class StoredLogin {

    /** The block's own, which a restart does not change. */
    public String id = "";

    /** The build, as Jenkins names it: {@code folder/job#7}. */
    public String build = "";

    /** The name of the configured cluster. */
    public String cluster = "";

    /** Of the ServiceAccount, and of the Secret to which its tokens are bound. */
    public String namespace = "";

    public String account = "";

    /** Whether the block has ended, while its build can go on. */
    public boolean ended;

    /** When it was stored, in seconds since 1970. */
    public long created;
}
