package jakarta.servlet;

import java.io.IOException;

public interface ServletResponse {

    ServletOutputStream getOutputStream() throws IOException;

    void setContentType(String type);
}
