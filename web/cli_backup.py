"""Commands that copy the case file into one file, and bring it back."""

import sys
from pathlib import Path

import click

from application.backups.making import back_up
from application.backups.progress import Phase
from application.backups.restoring import Restored
from application.backups.restoring import restore as bring_back
from application.bootstrap import utc_now
from application.settings import read_settings

LABELS = {
    Phase.COPYING: "Копирование",
    Phase.LOADING: "Загрузка",
    Phase.FOLDING: "Сверка дел",
    Phase.LISTING: "Построение списков",
}
FILE = click.Path(dir_okay=False, path_type=Path)


class Progress:
    """Tells at a terminal how far it is, and says nothing anywhere else."""

    def __init__(self) -> None:
        self._phase: Phase | None = None
        self._done = 0
        self._told = ""

    def __call__(self, phase: Phase, count: int, total: int) -> None:
        """Tell that so many more of all are done."""
        if not sys.stderr.isatty():
            return
        if phase is not self._phase:
            self._phase, self._done = phase, 0
        self._done += count
        told = f"\r{LABELS[phase]}: {100 * self._done // max(total, 1)} %"
        if told != self._told:
            self._told = told
            click.echo(told, nl=self._done == total, err=True)


@click.command()
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Сделать резервную копию: все дела в одном файле, пока сервис работает или стоит.

    Ключей, которыми закрыты данные людей, в копии нет: файл ключей храните отдельно.
    """
    settings = read_settings()
    made = back_up(settings, file, utc_now(), Progress())
    click.echo(f"Резервная копия: {file} ({file.stat().st_size:,} байт)".replace(",", " "))
    click.echo(f"Дел: {made.streams}, событий: {made.events}. Отпечаток: {made.fingerprint}")
    click.echo(
        f"Данные людей откроются только с файлом ключей {settings.key_file.resolve()}:\n"
        f"в копии его нет, храните его отдельно. Нужные ключи: {', '.join(made.key_ids) or 'нет'}."
    )


@click.command()
@click.argument("file", type=FILE)
@click.option("--erased", type=FILE, help="Новейший список удалённых людей (….erased).")
def restore(file: Path, erased: Path | None) -> None:
    """Восстановить дела из резервной копии в пустое место и сверить каждое.

    Люди из списка удалённых удаляются снова. Код 1, если что-то не сошлось: тогда не остаётся ничего. Код 2, если восстановление не начато.
    """
    _tell(bring_back(read_settings(), file, Progress(), erased))


def _tell(restored: Restored) -> None:
    made = restored.manifest
    came_back = f"дел: {made.streams}, событий: {made.events}. Отпечаток: {made.fingerprint}"
    if restored.refolded:
        click.echo(f"Все события те же: {came_back}")
        click.echo(
            "Копию сделала другая версия сервиса: по нынешним правилам состояние складывается"
            f" иначе, например, у {', '.join(restored.refolded)}."
        )
    else:
        click.echo(f"Каждое дело складывается так же: {came_back}")
    if restored.erased_again:
        click.echo(f"Снова удалены данные людей, удалённые после копии: {restored.erased_again}.")
    if not restored.has_list:
        click.echo(
            "Списка удалённых людей рядом с файлом ключей нет. Если людей удаляли после этой копии,"
            " восстановите ещё раз с --erased: список лежит рядом с файлом ключей прежнего места."
        )
    click.echo(f"Копия сделана {made.made_at:%d.%m.%Y %H:%M} UTC. Войти надо заново: сеансов нет.")
