package io.inmesh.spring.notice;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Says what is to be said, once; child contexts become ready too. */
public final class StartNotices implements ApplicationListener<ApplicationReadyEvent> {

    private static final Log LOG = LogFactory.getLog(StartNotices.class);

    private final List<StartNotice> notices;
    private final AtomicBoolean said = new AtomicBoolean();

    public StartNotices(List<StartNotice> notices) {
        this.notices = List.copyOf(notices);
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (!said.getAndSet(true)) {
            notices.forEach(notice -> notice.text().ifPresent(text -> LOG.warn("Mesh: " + text)));
        }
    }
}
