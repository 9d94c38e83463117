# 台账：make run 打开程序，make test 做全部检查。Windows 上的办法见 README.md。
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test thorough coverage bench bench-frozen bench-growth torture gallery papers dist deb deb-test

help:
	@echo "make setup   准备运行环境（.venv）"
	@echo "make run     打开程序；没有显示器时生成示例文件到 out/"
	@echo "make test    代码检查、类型检查和全部测试"
	@echo "make thorough 连同费时的测试（十分钟左右）"
	@echo "make coverage 同上，并统计测试覆盖（慢几倍，不低于九成）"
	@echo "make bench   测速"
	@echo "make torture 强制结束、断电、磁盘出错的压力测试（ROUNDS=轮数）"
	@echo "make gallery 每个页面和对话框的图片（六种大小、两种配色），存到 out/gallery/"
	@echo "make papers  五个方案的全部公文：Word 版在 LibreOffice 里的页数和文字是否一致（四分钟，存到 out/papers/）"
	@echo "make bench-frozen 测速，连同打包后的程序"
	@echo "make bench-growth 时间随数量怎样增长"
	@echo "make dist    打成一个文件夹 dist/taizhang，并自检"
	@echo "make deb     打成安装包 dist/*.deb（统信、麒麟、Debian）"
	@echo "make deb-test 安装、打开、卸载一遍（要 root）"

setup:
	@resources/setup/setup.sh run

run: setup
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
		.venv/bin/taizhang; \
	else \
		.venv/bin/taizhang demo out; \
	fi

test:
	@resources/setup/setup.sh test
	@resources/setup/test.sh

thorough:
	@resources/setup/setup.sh test
	@resources/setup/test.sh --thorough

coverage:
	@resources/setup/setup.sh test
	@resources/setup/test.sh --thorough --cov --cov-report=term

bench:
	@resources/setup/setup.sh test
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.bench

torture:
	@resources/setup/setup.sh test
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.torture
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.poison.sweep
	@QT_QPA_PLATFORM=offscreen TAIZHANG_EXAMPLES=$${EXAMPLES:-2000} .venv/bin/python -m pytest -q tests/poison/test_fuzz.py

bench-growth:
	@resources/setup/setup.sh test
	@QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.bench.growth

bench-frozen: dist
	@TAIZHANG_BENCH=1 build/venv/bin/pyinstaller --noconfirm --distpath build/bench --workpath build/bench-work build.spec >build/bench.log 2>&1
	@$(MAKE) --no-print-directory bench

dist: setup
	@resources/install/dist.sh

deb: dist
	@resources/install/deb.sh

deb-test:
	@resources/install/deb_test.sh

gallery:
	@resources/setup/setup.sh test
	@.venv/bin/python -m tests.gallery out/gallery

papers:
	@resources/setup/setup.sh test
	@.venv/bin/python -m tests.papers out/papers
