"""The one place where an exception that escaped is caught: it is written to a log, shown once, and the
program goes on with the work still there. Also where a crash below Python leaves its trace (`faulthandler`)
and where Qt's own messages go. Knows neither document nor window; those listen to `escaped`.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler

from nodegraph.app.platform.settings import state_folder, state_path

LOG_NAME = "nodegraph.log"
CRASH_NAME = "crash.log"

log = logging.getLogger("nodegraph")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashGuard(QObject):
    """Catches what escapes, from any thread, from `install` until `remove`."""

    escaped = Signal(str, str)
    """(one line, the whole traceback) of an exception nobody expected; each different one is told once."""

    _arrived = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder: Path = state_path()
        self._told: set[str] = set()
        self._handler: logging.Handler | None = None
        self._crash_file: TextIO | None = None
        self._before: tuple[Any, Any, Any] | None = None
        # An exception in another thread is told in this object's thread: widgets may be touched there only.
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def log_file(self) -> Path:
        """Where everything unexpected is written."""
        return self.folder / LOG_NAME

    def install(self) -> None:
        """Begin to catch. Where no log can be written, what is caught goes to standard error alone."""
        try:
            self._open_logs()
        except OSError as error:
            log.info("no log is kept: %s", error)
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        sys.unraisablehook = self._catch_unraisable
        qInstallMessageHandler(_log_qt_message)

    def _open_logs(self) -> None:
        state_folder()
        self._crash_file = open(self.folder / CRASH_NAME, "a", encoding="utf-8")  # noqa: SIM115, must stay open
        faulthandler.enable(self._crash_file)
        handler = RotatingFileHandler(
            self.log_file, maxBytes=1_000_000, backupCount=1, encoding="utf-8", delay=True
        )
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.addHandler(handler)
        self._handler = handler

    def remove(self) -> None:
        """Stop catching, and put back what was there before."""
        qInstallMessageHandler(None)
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None
        faulthandler.disable()
        if self._crash_file is not None:
            self._crash_file.close()
            self._crash_file = None
        if self._handler is not None:
            log.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def catch(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        """Log an exception and tell of it; Ctrl+C in the terminal is no error."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, place)
            return
        details = "".join(traceback.format_exception(kind, error, place))
        summary = traceback.format_exception_only(kind, error)[-1].strip()
        with contextlib.suppress(OSError):  # a full disk must not hide the error itself
            log.error("%s", details.rstrip())
        if sys.__stderr__ is not None:
            with contextlib.suppress(OSError):
                sys.__stderr__.write(details)
        self._arrived.emit(summary, details)

    def _tell(self, summary: str, details: str) -> None:
        if details not in self._told:
            self._told.add(details)
            self.escaped.emit(summary, details)

    def _catch_in_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.catch(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _catch_unraisable(self, caught: Any) -> None:
        if caught.exc_value is not None:
            self.catch(caught.exc_type, caught.exc_value, caught.exc_traceback)


def _log_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
