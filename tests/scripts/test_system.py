"""What Qt needs from the system, and the line each package manager is given."""

import sys

import pytest

from setup_environment import system
from setup_environment.reporting import SYSTEM_PACKAGES_MISSING, Stopped
from setup_environment.system import (
    PACKAGE_MANAGERS,
    QT_LIBRARIES,
    REAL_WINDOW_TEST_PROGRAMS,
    SCREEN_READER_TEST_PROGRAMS,
    WINDOW_LIBRARIES,
    Need,
    is_met,
    line_to_run,
    package_manager,
)

NEEDS = {need.name: need for need in QT_LIBRARIES}
GL, EGL, GTHREAD = NEEDS["libGL.so.1"], NEEDS["libEGL.so.1"], NEEDS["libgthread-2.0.so.0"]
APT, DNF, PACMAN, ZYPPER = PACKAGE_MANAGERS


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        (
            APT,
            "sudo apt-get update && "
            "sudo apt-get install -y --no-install-recommends libgl1 libegl1 libglib2.0-0",
        ),
        (
            DNF,
            "sudo dnf install -y 'libGL.so.1()(64bit)' 'libEGL.so.1()(64bit)' 'libgthread-2.0.so.0()(64bit)'",
        ),
        (PACMAN, "sudo pacman -S --needed --noconfirm libglvnd glib2"),
        (
            ZYPPER,
            "sudo zypper --non-interactive install "
            "'libGL.so.1()(64bit)' 'libEGL.so.1()(64bit)' 'libgthread-2.0.so.0()(64bit)'",
        ),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_each_package_manager_gets_its_own_line(manager, line):
    assert line_to_run(manager, [GL, EGL, GTHREAD], ["sudo"]) == line


def test_root_is_not_told_to_use_sudo():
    assert "sudo" not in line_to_run(APT, [GL], [])


@pytest.mark.parametrize("manager", PACKAGE_MANAGERS, ids=lambda manager: manager.name)
def test_every_need_has_a_package_in_every_system(manager):
    programs = REAL_WINDOW_TEST_PROGRAMS + SCREEN_READER_TEST_PROGRAMS
    for need in QT_LIBRARIES + WINDOW_LIBRARIES + programs:
        assert need.package(manager.name)


def test_programs_are_asked_for_by_package_and_never_as_a_library():
    for need in REAL_WINDOW_TEST_PROGRAMS + SCREEN_READER_TEST_PROGRAMS:
        for manager in PACKAGE_MANAGERS:
            assert "(64bit)" not in need.package(manager.name)


def test_the_package_manager_is_the_one_that_is_installed():
    assert package_manager({"pacman"}.__contains__) is PACMAN
    assert package_manager(set().__contains__) is None


@pytest.mark.skipif(sys.platform != "linux", reason="sonames are Linux's way to name a library")
def test_a_library_that_does_not_load_is_missing():
    assert is_met(Need("libc.so.6", "", ""))
    assert not is_met(Need("libnosuchthing.so.9", "", ""))


def test_a_program_that_is_not_found_is_missing():
    assert not is_met(Need("no-such-program", "", ""))


def test_a_module_is_looked_for_in_the_systems_own_python(monkeypatch):
    monkeypatch.setattr(system, "SYSTEM_PYTHON", sys.executable)
    assert is_met(Need("json", "", "", is_module=True))
    assert not is_met(Need("no_such_module", "", "", is_module=True))
    monkeypatch.setattr(system, "SYSTEM_PYTHON", "/no/such/python")
    assert not is_met(Need("json", "", "", is_module=True))


def test_a_program_that_only_programs_start_is_found_where_systems_keep_it(monkeypatch, tmp_path):
    hidden = tmp_path / "at-spi-bus-launcher"
    hidden.touch(0o755)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(system, "HIDDEN_PROGRAMS", "")
    assert not is_met(Need(hidden.name, "", ""))
    monkeypatch.setattr(system, "HIDDEN_PROGRAMS", str(tmp_path))
    assert is_met(Need(hidden.name, "", ""))


def test_the_tests_in_a_real_window_ask_for_what_reads_it_out_too(monkeypatch):
    asked = []
    monkeypatch.setattr(system, "install_missing", asked.extend)
    system.install_for_tests_in_a_real_window()
    packages = {need.package("apt") for need in asked}
    assert packages >= {"xvfb", "xauth", "dbus", "at-spi2-core", "python3-pyatspi", "libxcb-cursor0"}


def test_a_browser_is_installed_only_where_there_is_none_of_its_kind(monkeypatch):
    asked = []
    monkeypatch.setattr(system, "install_missing", lambda needs, who: asked.extend(needs))
    monkeypatch.setattr(system.shutil, "which", lambda name: name == "google-chrome")
    system.install_for_tests_in_a_browser()
    assert asked == []
    monkeypatch.setattr(system.shutil, "which", lambda name: None)
    system.install_for_tests_in_a_browser()
    assert [need.package("apt") for need in asked] == ["chromium"]


def test_who_may_not_install_a_browser_is_told_who_needs_it(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "is_met", lambda _: False)
    monkeypatch.setattr(system.shutil, "which", lambda name: None)
    monkeypatch.setattr(system, "package_manager", lambda: APT)
    monkeypatch.setattr(system, "way_to_root", lambda: None)
    with pytest.raises(Stopped) as stopped:
        system.install_for_tests_in_a_browser()
    assert "The browser of the tests needs a thing from the system that is missing" in str(stopped.value)
    assert "apt-get install -y --no-install-recommends chromium" in str(stopped.value)


@pytest.fixture
def linux_without_gl(monkeypatch):
    """A Linux on which libGL alone is missing, until some command has run."""
    commands = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "is_met", lambda need: need is not GL or bool(commands))
    monkeypatch.setattr(system, "package_manager", lambda: APT)
    monkeypatch.setattr(system, "run_quietly", lambda command, **_: (commands.append(command), (True, ""))[1])
    return commands


def test_root_installs_just_what_is_missing(linux_without_gl, monkeypatch):
    monkeypatch.setattr(system, "way_to_root", list)
    system.install_for_qt(window=False)
    (command,) = linux_without_gl
    assert command[0] == "apt-get"
    assert command[-4:] == ["install", "-y", "--no-install-recommends", "libgl1"]


def test_who_may_not_install_is_given_the_line_and_nothing_is_run(linux_without_gl, monkeypatch):
    monkeypatch.setattr(system, "way_to_root", lambda: None)
    with pytest.raises(Stopped, match=r"apt-get install -y --no-install-recommends libgl1") as stopped:
        system.install_for_qt(window=False)
    assert stopped.value.status == SYSTEM_PACKAGES_MISSING
    assert linux_without_gl == []


def test_the_lists_are_fetched_and_leftovers_finished_only_when_installing_failed(monkeypatch):
    commands = []

    def fails_at_first(command, **_):
        commands.append(next(word for word in command if word in {"install", "update", "dpkg"}))
        return len(commands) > 1, ""

    monkeypatch.setattr(system, "run_quietly", fails_at_first)
    system.install(APT, [GL], [])
    assert commands == ["install", "dpkg", "update", "install"]


def test_the_line_for_a_person_is_free_of_our_own_patience():
    assert "Timeout" in " ".join(APT.install_command([GL], patiently=True))
    assert "Timeout" not in line_to_run(APT, [GL], [])


def test_an_installation_that_fails_says_why(linux_without_gl, monkeypatch):
    monkeypatch.setattr(system, "way_to_root", list)
    monkeypatch.setattr(system, "is_met", lambda need: need is not GL)
    monkeypatch.setattr(system, "run_quietly", lambda *_, **__: (False, "Temporary failure resolving 'host'"))
    with pytest.raises(Stopped, match="network could not be reached"):
        system.install_for_qt(window=False)


def test_a_system_we_do_not_know_is_told_the_names_of_the_libraries(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system, "is_met", lambda need: need is not GL)
    monkeypatch.setattr(system, "package_manager", lambda: None)
    with pytest.raises(Stopped, match=r"libGL\.so\.1"):
        system.install_for_qt(window=False)


def test_other_systems_bring_along_what_qt_needs(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(system, "is_met", lambda _: False)
    system.install_for_qt(window=True)
